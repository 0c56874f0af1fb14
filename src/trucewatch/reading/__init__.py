"""An article becomes statements, happenings and claims; nothing reads articles yet."""
