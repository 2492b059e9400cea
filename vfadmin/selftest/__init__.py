"""Whether an installation is whole: every part is used once, in a home that is thrown away afterwards.

Nothing of the user's is touched, and no other machine is asked: Exchange is the one of the demo. The window's
part is handed in, because only the window knows Qt.
"""
