"""Refusals a person can cause. Each is a class, and each has its screen."""


class Refusal(Exception):
    """Something was asked for that cannot be done; nothing was changed."""


class InviteUnknown(Refusal):
    """There is no such invite, or its link was cut short."""


class InviteExpired(Refusal):
    """The invite is too old."""


class InviteUsed(Refusal):
    """Somebody has already used the invite: it works once."""


class NotForYou(Refusal):
    """The record named in the button belongs to somebody else, or is gone."""


class Closed(Refusal):
    """The time to answer or correct has passed."""


class NotYet(Refusal):
    """It is not time for that answer yet."""


class TimeNotCome(Refusal):
    """That time is still to come."""


class TooFarFromItsDose(Refusal):
    """That time is more than twelve hours from the dose it is said of."""
