"""The content team's steps: validate, train, evaluate, promote, rollback."""
