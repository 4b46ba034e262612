"""One foreground process that runs the portal on one machine: web server, workers and scheduler."""
