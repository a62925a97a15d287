"""The colleague's function, as it was.

exercise: activation_grid
fails: test_activation_grid, hidden_activation_grid
"""


# %% exercise="activation_grid"
def activation_grid(maps, columns=16):
    height, width, channels = maps.shape
    rows = channels // columns
    grid = np.zeros((rows * height, columns * width), dtype="uint8")
    for row in range(rows):
        for column in range(columns):
            channel = maps[:, :, row * columns + column]
            channel -= channel.mean()
            channel /= channel.std()
            channel *= 64
            channel += 128
            top, left = row * height, column * width
            grid[top : top + height, left : left + width] = np.clip(channel, 0, 255)
    return grid
