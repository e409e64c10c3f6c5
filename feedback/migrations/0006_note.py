"""What people write to themselves."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agenda', '0004_plan_draft'),
        ('feedback', '0005_taken_back'),
    ]

    operations = [
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('respondent', models.CharField(max_length=64)),
                ('edit', models.PositiveIntegerField(default=1)),
                ('text', models.CharField(max_length=2000)),
                ('slot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agenda.slot')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agenda.workshop')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['workshop', 'respondent'], name='notes_of_a_phone')],
                'constraints': [models.UniqueConstraint(fields=('slot', 'respondent'), name='one_note_per_phone_and_item'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='note_not_empty')],
            },
        ),
    ]
