"""What a person does, one verb a function: called by pages, the command line and notebooks alike.

Every action takes the store first and the acting person's key where it changes something.
"""
