"""A programme may name a rule sheet, and a published version carries it for good."""

import django.db.models.deletion
from django.db import migrations, models

from tipstaff.footing.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('offers', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='programme',
            name='rules',
            field=models.CharField(blank=True, default='', max_length=40),
        ),
        migrations.CreateModel(
            name='PinnedSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('number', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sheet', to='offers.offerversion')),
            ],
        ),
        AppendOnly('offers_pinnedsheet'),
    ]
