"""Fills the page column by column.

exercise: activation_grid
fails: test_activation_grid, hidden_activation_grid
"""


# %% exercise="activation_grid"
def activation_grid(maps, columns=16):
    height, width, channels = maps.shape
    rows = -(-channels // columns)
    grid = np.zeros((rows * height, columns * width), dtype="uint8")
    for k in range(channels):
        channel = maps[:, :, k].astype("float64")
        dead = channel.max() == channel.min()
        channel = (channel - channel.mean()) / (1 if dead else channel.std()) * 64 + 128
        top, left = k % rows * height, k // rows * width
        grid[top : top + height, left : left + width] = np.clip(channel, 0, 255)
    return grid
