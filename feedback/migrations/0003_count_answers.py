"""Counts of the answers that are there already, and which of them the desk has not seen."""

from collections import Counter

from django.db import migrations
from django.db.models import F, Q

from feedback.kinds import kinds


def count_answers(apps, schema_editor):
    Question = apps.get_model("feedback", "Question")
    Count = apps.get_model("feedback", "Count")
    Answer = apps.get_model("feedback", "Answer")
    Answer.objects.filter(Q(released_value__isnull=False) & Q(released_value=F("value"))).update(waits=False)
    for question in Question.objects.iterator():
        found = Counter()
        rows = question.answers.values_list("released_value", "shown_value")
        for released, shown in rows:
            found["given", "", ""] += 1
            found["unshown", "", ""] += released is not None and shown != released
            for of, value in (("released", released), ("shown", shown)):
                if value is not None:
                    found[of, "", ""] += 1
                    for (part, key), n in kinds[question.kind].marks(question.config, value).items():
                        found[of, part, key] += n
        counts = [Count(question=question, of=of, part=part, key=key, n=n) for (of, part, key), n in found.items() if n]
        Count.objects.bulk_create(counts, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("feedback", "0002_answers_counted")]
    operations = [migrations.RunPython(count_answers, migrations.RunPython.noop)]
