"""What the commands need beside the models: progress, throw-away databases, checks of the public pages."""
