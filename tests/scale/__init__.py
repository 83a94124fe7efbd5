"""What many workspaces and several replicas come to: `make bench-scale`.

One workspace is made by the product's own code, and the others are its copies, made by the engine in bulk: all have the
same words, which is the worst for an index that would not know whose they are.
"""
