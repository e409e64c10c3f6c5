"""The ids of what was taken back."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agenda", "0004_plan_draft"), ("feedback", "0004_show_of_hands")]

    operations = [
        migrations.CreateModel(
            name="TakenBack",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agenda.workshop"
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        ),
    ]
