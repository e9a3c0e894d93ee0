from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_staff'),
    ]

    operations = [
        migrations.CreateModel(
            name='Remembered',
            fields=[
                ('key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                ('value', models.JSONField()),
                ('expires', models.DateTimeField(db_index=True, null=True)),
            ],
        ),
    ]
