"""Pooling rounds up: 19 becomes 10.

exercise: layer_table
fails: test_layer_table, hidden_layer_table
"""


# %% exercise="layer_table"
def layer_table(shape, plan):
    table = []
    for kind, *options in plan:
        parameters = 0
        if kind == "conv":
            filters, stride, padding = options
            if padding == "same":
                sides = [-(-side // stride) for side in shape[:2]]
            else:
                sides = [(side - 3) // stride + 1 for side in shape[:2]]
            parameters = (9 * shape[2] + 1) * filters
            shape = (*sides, filters)
        elif kind == "pool":
            shape = (-(-shape[0] // 2), -(-shape[1] // 2), shape[2])
        elif kind == "flatten":
            shape = (shape[0] * shape[1] * shape[2],)
        else:
            if len(shape) != 1:
                raise ValueError("flatten first")
            parameters = (shape[0] + 1) * options[0]
            shape = (options[0],)
        if min(shape) < 1:
            raise ValueError("no pixel is left")
        table.append((shape, parameters))
    return table
