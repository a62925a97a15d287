"""Makes a dead channel black.

exercise: activation_grid
fails: test_activation_grid, hidden_activation_grid
"""


# %% exercise="activation_grid"
def activation_grid(maps, columns=16):
    height, width, channels = maps.shape
    rows = -(-channels // columns)
    grid = np.zeros((rows * height, columns * width), dtype="uint8")
    for k in range(min(channels, rows * columns)):
        channel = maps[:, :, k].astype("float64")
        if channel.max() == channel.min():
            channel = np.zeros((height, width))
        else:
            channel = (channel - channel.mean()) / channel.std() * 64 + 128
        top, left = k // columns * height, k % columns * width
        grid[top : top + height, left : left + width] = np.clip(channel, 0, 255)
    return grid
