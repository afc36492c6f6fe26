"""Jobs in the admin: waiting, running, done and parked ones, with the errors of each attempt. Administrators run parked ones again."""

from django.contrib import admin, messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from procrastinate.contrib.django import admin as procrastinate_admin
from procrastinate.contrib.django.models import ProcrastinateEvent

from claimtrack import jobs
from claimtrack.admin.base import ReadOnlyAdmin
from claimtrack.admin.lists import Choice, Options
from claimtrack.languages import translated
from claimtrack.models import Job, JobError
from claimtrack.refusals import Refused
from claimtrack.roles import signed_in

# The list of this module takes its place.
admin.site.unregister(procrastinate_admin.models.ProcrastinateJob)

STATES: dict[str, str | Promise] = {
    "todo": pgettext_lazy("job", "Waiting"),
    "doing": pgettext_lazy("job", "Running"),
    "succeeded": pgettext_lazy("job", "Done"),
    "failed": pgettext_lazy("job", "Parked"),
    "cancelled": pgettext_lazy("job", "Cancelled"),
    "aborted": pgettext_lazy("job", "Aborted"),
}


class StateFilter(Choice):
    names = ("status",)
    title = gettext_lazy("state")

    def options(self) -> Options:
        return [(state, str(label)) for state, label in STATES.items()]


class TaskFilter(Choice):
    names = ("task_name",)
    title = gettext_lazy("task")

    def options(self) -> Options:
        return sorted(((name, str(label)) for name, label in jobs.LABELS.items()), key=lambda option: option[1])


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    heading = gettext_lazy("Jobs")
    lead = gettext_lazy(
        "What the worker does while nobody waits. A job that fails is tried again, and parked in the end; nothing of it is lost."
    )
    nothing = gettext_lazy("There are none. The first ones come with the worker: manage.py worker.")
    list_display = ["what", "state", "queued_at", "tries", "next_at", "error"]
    list_filter = [StateFilter, TaskFilter]
    ordering = ["-pk"]
    fields = ["what", "state", "arguments", "queued_at", "tries", "next_at", "errors"]
    actions = ["run_again"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        errors = JobError.objects.filter(job=OuterRef("pk")).order_by("-pk")
        begun = ProcrastinateEvent.objects.filter(job=OuterRef("pk")).order_by("pk")
        rows = super().get_queryset(request).annotate(last_error=Subquery(errors.values("error")[:1]))
        return rows.annotate(first_event=Subquery(begun.values("at")[:1]))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        job = self.get_object(request, object_id or "")
        context = {"row": self.what(job) if job else "", **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)

    @admin.display(description=gettext_lazy("job"))
    def what(self, job: Job) -> str:
        return f"{jobs.LABELS.get(job.task_name, job.task_name)} ({job.pk})"

    @admin.display(description=gettext_lazy("state"))
    def state(self, job: Job) -> str:
        if job.status == "todo" and job.attempts:
            return pgettext("job", "Waiting to be tried again")
        return str(STATES.get(job.status, job.status))

    @admin.display(description=gettext_lazy("arguments"))
    def arguments(self, job: Job) -> str:
        # procrastinate gives periodic jobs the time for which they were queued.
        given = {name: value for name, value in job.args.items() if name != "timestamp"}
        return ", ".join(f"{name} {value}" for name, value in given.items()) or "–"

    @admin.display(description=gettext_lazy("queued"))
    def queued_at(self, job: Job) -> str:
        return date_format(localtime(job.first_event), "DATETIME_FORMAT") if job.first_event else "–"

    @admin.display(description=gettext_lazy("attempts"))
    def tries(self, job: Job) -> int:
        return job.attempts

    @admin.display(description=gettext_lazy("not before"))
    def next_at(self, job: Job) -> str:
        waits = job.scheduled_at and job.status == "todo"
        return date_format(localtime(job.scheduled_at), "DATETIME_FORMAT") if waits else "–"

    @admin.display(description=gettext_lazy("last error"))
    def error(self, job: Job) -> str:
        return format_html('<span lang="en">{}</span>', job.last_error) if job.last_error else "–"

    @admin.display(description=gettext_lazy("errors"))
    def errors(self, job: Job) -> str:
        rows = [
            (date_format(localtime(row.at), "DATETIME_FORMAT"), row.error)
            for row in JobError.objects.filter(job=job.pk).order_by("pk")
        ]
        lines = format_html_join("", '<li>{}: <span lang="en">{}</span></li>', rows)
        return format_html("<ol>{}</ol>", lines) if rows else "–"

    def has_run_again_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @admin.action(description=gettext_lazy("Run again"), permissions=["run_again"])
    def run_again(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        for job in queryset:
            try:
                jobs.run_again(by=signed_in(request.user), job=job)
            except Refused as refusal:
                self.message_user(request, f"{self.what(job)}: {translated(refusal)}", messages.ERROR)
            else:
                self.message_user(request, _("%(job)s is queued again.") % {"job": self.what(job)})
