"""What goes into the sandbox: the runner, the wire format, and stand-ins for the packages that stay outside."""
