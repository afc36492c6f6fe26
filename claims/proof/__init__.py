"""The transparency log: what was published, and when, so that anybody can see a later change of it.

docs/proof.md explains it to an editor, and to whoever writes another verifier.

`merkle`, `notes` and `leaves` are pure: the tree, what is signed, and what a leaf says. `recording` writes an entry in the
transaction of what it records. `sequencing` numbers entries after the commit, and signs a checkpoint. `receipts` collects what
proves the steps of one claim. `witnessing` vouches for the log of another desk, `cosigning` accepts what others sign of ours, and
`stamping` has it stamped by an authority.
"""
