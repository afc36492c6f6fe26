"""Webhooks: other systems are told of changes of what is public, by signed messages over HTTP (Standard Webhooks).

    feed of changes → collecting: what a webhook is to be told becomes rows of Delivery → delivering: each is composed and sent

The feed of changes (`claims.models.change`) is the source of truth. Each webhook has a place in it, and a Delivery says that
it is to be told of one row. A newer change of the row replaces a Delivery that waits, with a new webhook-id.

The body is made at the moment of sending, by what is public then, and is kept nowhere. So what is redacted or dismissed while a
message waits does not go out, and a webhook that has fallen behind tells only the last state of each row.

One process at a time works on a webhook, by a lease that is longer than any request it makes. So the changes of a row arrive in
order, and a receiver that is slow or away holds up no other. A worker that dies has sent a message at most once more than is
recorded: the next one sends it again under the same webhook-id.
"""
