"""The keys' page: whether they are unlocked, what waits for them, and the two buttons."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from tipstaff.custody import access, actions, queries
from tipstaff.custody.forms import Passphrase
from tipstaff.custody.holder import NoKeyFile, TooManyMisses
from tipstaff.people.http import OfficerRequest
from tipstaff.sealed.keyfile import WrongPassphrase


@require_safe
def keys(request: OfficerRequest) -> HttpResponse:
    """Whether the keys are unlocked, and how many envelopes wait."""
    return _page(request, Passphrase())


@sensitive_post_parameters()
@require_POST
def unlock(request: OfficerRequest) -> HttpResponse:
    """Unlock with the passphrase; a wrong one is said so, and nothing moves."""
    form = Passphrase(request.POST)
    request.actor.must(access.UNLOCK)
    if not form.is_valid():
        return _page(request, form, status=400)
    try:
        actions.unlock(passphrase=form.cleaned_data["passphrase"], actor=request.actor, now=timezone.now())
    except WrongPassphrase:
        form.add_error("passphrase", _("This is not the passphrase of the key file. Nothing was unlocked."))
    except TooManyMisses as many:
        form.add_error(
            "passphrase",
            ngettext(
                "Too many wrong passphrases: try again in %(minutes)s minute. Others can still unlock.",
                "Too many wrong passphrases: try again in %(minutes)s minutes. Others can still unlock.",
                many.minutes,
            )
            % {"minutes": many.minutes},
        )
    except NoKeyFile as missing:
        form.add_error(None, str(missing))
    else:
        messages.success(request, _("The keys are unlocked. What waits is being opened."))
        return redirect("custody:keys")
    return _page(request, form, status=409)


@require_POST
def lock(request: OfficerRequest) -> HttpResponse:
    """Forget the keys."""
    actions.lock(actor=request.actor, now=timezone.now())
    messages.success(request, _("The keys are locked."))
    return redirect("custody:keys")


def _page(request: OfficerRequest, form: Passphrase, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "lock": queries.lock_state(request.actor),
        "may_unlock": request.actor.may(access.UNLOCK),
        "may_lock": request.actor.may(access.LOCK),
    }
    return render(request, "custody/keys.html", context, status=status)
