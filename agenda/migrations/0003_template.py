from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agenda', '0002_log_only_grows'),
    ]

    operations = [
        migrations.AddField(
            model_name='workshop',
            name='template',
            field=models.BooleanField(default=False, help_text='Others start their days from it; it cannot be run.'),
        ),
    ]
