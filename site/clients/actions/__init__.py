"""Write: keys, requests that count once, webhooks and their delivery."""
