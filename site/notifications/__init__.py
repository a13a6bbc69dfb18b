"""One place that tells a person something: inbox, e-mail, WeChat, SMS."""
