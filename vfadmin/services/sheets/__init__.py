"""The cells of a list, out of whatever file a customer sends (R26).

The kind is found out from the content; a name like ``.xls`` says nothing. `apart.read_grid_apart` reads in a
process of its own, because a file nobody has seen before can bring a native reader down.
"""
