"""The people’s pages of the desk: who works here, in which role, for which sections; how they are invited and leave."""
