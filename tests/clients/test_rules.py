"""Keys, signatures, addresses, retries."""

from datetime import timedelta

import pytest

from clients.rules import keys, retries, signatures, targets


def test_a_key_carries_its_prefix_and_never_comes_twice():
    prefix, text = keys.make()
    assert keys.prefix_of(text) == prefix
    assert text != keys.make()[1]
    assert (keys.prefix_of("xhyj_12"), keys.prefix_of(text + "x"), keys.prefix_of("")) == ("", "", "")


def test_a_signature_is_the_one_of_standard_webhooks():
    """The example of the specification, standard-webhooks.md."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    signed = signatures.signature(
        secret=secret, message_id="msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp=1614265330, body=body
    )
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_new_secret_signs():
    secret = signatures.new_secret()
    assert secret.startswith("whsec_")
    assert signatures.signature(secret=secret, message_id="evt_1", timestamp=1, body=b"").startswith("v1,")


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/",
        "ftp://a.example/",
        "https:///x",
        "https://u:p@a.example/",
        "https://a.example/#x",
        "https://[::1",
        "x",
    ],
)
def test_where_nothing_may_be_sent(url):
    with pytest.raises(targets.BadTarget):
        targets.parts(url)


def test_where_something_may_be_sent():
    assert targets.parts("https://a.example/x?y=1") == ("a.example", 443)
    assert targets.parts("https://a.example:8443/") == ("a.example", 8443)
    assert targets.parts("http://10.0.0.1/", private=True) == ("10.0.0.1", 80)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "::1", "fe80::1", "fd00::1",
     "::ffff:127.0.0.1", "100.64.0.1", "224.0.0.1"],
)  # fmt: skip
def test_addresses_of_this_house_are_closed(address):
    assert not targets.is_open(address)


def test_addresses_of_the_internet_are_open():
    assert targets.is_open("8.8.8.8")
    assert targets.is_open("2001:4860:4860::8888")


def test_retries_take_ever_longer_and_end():
    waits = [retries.wait_after(tries) for tries in range(1, 9)]
    assert waits[0] == timedelta(seconds=10)
    assert waits[:-1] == sorted(waits[:-1])
    assert waits[-1] is None
