"""What stands between the network and the routes: how much is read and for how long, what every answer carries, and
which values can be kept at all.
"""
