"""Bolt only, thin: read the payload, call one use case, answer. A file for each thing one does."""

from bot.handlers import (
    answer,
    card_menu,
    catch_all,
    customer_seat,
    decide,
    echoes,
    hear_thread,
    keep_people,
    more_fields,
    object_to,
    propose_anywhere,
    propose_change,
    redact,
    say_which,
    set_up_seat,
    take_seat,
    uninstalled,
)

ALL = (
    echoes,
    propose_change,
    propose_anywhere,
    more_fields,
    set_up_seat,
    customer_seat,
    take_seat,
    answer,
    say_which,
    object_to,
    decide,
    card_menu,
    redact,
    hear_thread,
    keep_people,
    uninstalled,
    catch_all,  # last: the first listener that matches wins
)
