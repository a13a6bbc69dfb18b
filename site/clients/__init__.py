"""Programs of other houses: their keys and scopes, requests that may be sent twice, and what they are told of."""
