"""Whether there is a newer version, by the publisher's signed word alone; nothing is fetched but that word.

What is signed and how, and what is refused, stands in docs/decisions/0027-update-notice.md.
"""
