"""The small kernel every room shares: the request's clock, field encryption, Markdown, media."""
