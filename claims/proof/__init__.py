"""The transparency log: what was published, and when, so that anybody can detect later changes.

docs/proof.md explains it to editors, and to authors of other verifiers.

`merkle`, `notes` and `leaves` are pure: the tree, signed checkpoints, and the content of leaves. `recording` writes an entry in the
transaction of what it records. `sequencing` numbers entries after the commit, and signs a checkpoint. `receipts` collects the proof
of one claim's steps. `witnessing` signs the log of another desk, `cosigning` accepts signatures of others on ours, and `stamping`
gets time stamps from an authority.
"""
