"""Pure: how a key is written, how a message is signed, which addresses may be called, when to try again."""
