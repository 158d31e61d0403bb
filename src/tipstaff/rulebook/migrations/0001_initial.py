"""Rule sheets: their texts and their history are append-only, where they stand moves on."""

import django.db.models.deletion
from django.db import migrations, models

from tipstaff.footing.append_only import AppendOnly


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='RuleSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=24, unique=True)),
                ('compartment', models.CharField(max_length=40)),
                ('code', models.CharField(max_length=40)),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('proposed', 'PROPOSED'), ('seconded', 'SECONDED'), ('in-force', 'IN_FORCE'), ('returned', 'RETURNED')], max_length=10)),
                ('proposed_by', models.CharField(max_length=150)),
                ('seconded_by', models.CharField(blank=True, max_length=150)),
                ('approved_by', models.CharField(blank=True, max_length=150)),
                ('in_force_on', models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SheetText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('proposed_by', models.CharField(max_length=150)),
                ('proposed_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='SheetStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.CharField(max_length=10)),
                ('state', models.CharField(max_length=10)),
                ('actor', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='rulebook.rulesheet')),
            ],
        ),
        migrations.AddField(
            model_name='rulesheet',
            name='text',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rulebook.sheettext'),
        ),
        migrations.AddConstraint(
            model_name='rulesheet',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'seconded', 'in-force', 'returned'])), name='sheet_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='rulesheet',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'in-force')), fields=('compartment', 'code', 'number'), name='sheet_number_is_given_once'),
        ),
        migrations.AddConstraint(
            model_name='rulesheet',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['proposed', 'seconded'])), fields=('compartment', 'code'), name='sheet_is_proposed_once'),
        ),
        migrations.AddConstraint(
            model_name='rulesheet',
            constraint=models.CheckConstraint(condition=models.Q(('seconded_by', ''), models.Q(('seconded_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='sheet_has_a_second_officer'),
        ),
        migrations.AddConstraint(
            model_name='rulesheet',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', ''), models.Q(models.Q(('approved_by', models.F('proposed_by')), _negated=True), models.Q(('approved_by', models.F('seconded_by')), _negated=True)), _connector='OR'), name='sheet_has_a_third_officer'),
        ),
        migrations.AddConstraint(
            model_name='rulesheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'in-force'), _negated=True), models.Q(models.Q(('seconded_by', ''), _negated=True), models.Q(('approved_by', ''), _negated=True), ('in_force_on__isnull', False)), _connector='OR'), name='sheet_in_force_names_its_officers_and_its_day'),
        ),
        AppendOnly('rulebook_sheettext'),
        AppendOnly('rulebook_sheetstep'),
    ]
