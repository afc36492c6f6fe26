"""Webhooks send signed messages about public changes to other systems over HTTP (Standard Webhooks).

    feed of changes → collecting: the changes for a webhook become rows of Delivery → delivering: each is composed and sent

The feed of changes (`claims.models.change`) is the source of truth. Each webhook has a place in it, and a Delivery says that
a message about one row is due. A newer change of the row replaces a waiting Delivery, with a new webhook-id.

The body is composed when the message is sent, from what is public then, and is not stored. So text that is redacted or dismissed
while a message waits is never sent, and a webhook that has fallen behind sends only the last state of each row.

A lease, longer than any request, lets one process at a time work on a webhook. So the changes of a row arrive in order, and a slow
or absent receiver delays no other. If a worker dies after sending and before recording it, the next one sends that message again
with the same webhook-id.
"""
