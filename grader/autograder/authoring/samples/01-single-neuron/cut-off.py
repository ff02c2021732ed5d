"""The upload broke off in the middle of the file."""

EXPECTED = "refused"

# %% cut off
