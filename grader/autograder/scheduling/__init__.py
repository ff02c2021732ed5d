"""Grade a class: on this machine's processors or on a cluster."""
