"""Programmes, offers, and what is append-only about them: versions, conditions, steps, publications."""

import django.db.models.deletion
from django.db import migrations, models

from tipstaff.footing.append_only import AppendOnly


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=24, unique=True)),
                ('compartment', models.CharField(max_length=40)),
                ('state', models.CharField(choices=[('draft', 'DRAFT'), ('proposed', 'PROPOSED'), ('approved', 'APPROVED'), ('published', 'PUBLISHED'), ('amended', 'AMENDED'), ('suspended', 'SUSPENDED'), ('withdrawn', 'WITHDRAWN'), ('satisfied', 'SATISFIED'), ('expired', 'EXPIRED')], default='draft', max_length=10)),
                ('amendment', models.CharField(choices=[('none', 'NONE'), ('draft', 'DRAFT'), ('proposed', 'PROPOSED'), ('approved', 'APPROVED')], default='none', max_length=10)),
                ('draft', models.JSONField(blank=True, default=dict)),
                ('draft_revision', models.PositiveIntegerField(default=0)),
                ('latest_version', models.PositiveIntegerField(default=0)),
                ('proposed_version', models.PositiveIntegerField(null=True)),
                ('proposed_by', models.CharField(blank=True, max_length=150)),
                ('approved_by', models.CharField(blank=True, max_length=150)),
                ('public_version', models.PositiveIntegerField(null=True)),
                ('expires_on', models.DateField(null=True)),
                ('changed_on', models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('compartment', models.CharField(max_length=40)),
                ('authority', models.CharField(max_length=60)),
                ('ceiling_minor', models.PositiveBigIntegerField()),
                ('ceiling_currency', models.CharField(max_length=3)),
                ('languages', models.JSONField()),
                ('content', models.JSONField()),
                ('loaded_by', models.CharField(max_length=150)),
                ('loaded_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('number', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('cause', models.CharField(max_length=80)),
                ('text', models.TextField()),
                ('actor', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='NoticeCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last', models.PositiveBigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='there_is_one_notice_counter')],
            },
        ),
        migrations.CreateModel(
            name='OfferVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('proposed_by', models.CharField(max_length=150)),
                ('proposed_at', models.DateTimeField()),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='offers.offer')),
            ],
        ),
        migrations.CreateModel(
            name='Condition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('outcome', models.CharField(max_length=40)),
                ('target_kind', models.CharField(max_length=20)),
                ('target', models.JSONField()),
                ('conduct', models.JSONField()),
                ('region', models.CharField(max_length=80)),
                ('elements', models.JSONField()),
                ('paragraphs', models.JSONField()),
                ('cap_minor', models.PositiveBigIntegerField()),
                ('cap_currency', models.CharField(max_length=3)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conditions', to='offers.offerversion')),
            ],
        ),
        migrations.AddField(
            model_name='offer',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offers.programme'),
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.CharField(max_length=10)),
                ('state', models.CharField(max_length=10)),
                ('amendment', models.CharField(max_length=10)),
                ('version', models.PositiveIntegerField(null=True)),
                ('actor', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='offers.offer')),
            ],
        ),
        migrations.AddConstraint(
            model_name='offerversion',
            constraint=models.UniqueConstraint(fields=('offer', 'number'), name='offer_numbers_its_versions_once'),
        ),
        migrations.AddConstraint(
            model_name='condition',
            constraint=models.UniqueConstraint(fields=('version', 'place'), name='version_places_its_conditions_once'),
        ),
        migrations.AddConstraint(
            model_name='condition',
            constraint=models.CheckConstraint(condition=models.Q(('cap_minor__gt', 0)), name='condition_promises_something'),
        ),
        migrations.AddIndex(
            model_name='offer',
            index=models.Index(fields=['expires_on'], name='offers_by_last_day'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'proposed', 'approved', 'published', 'amended', 'suspended', 'withdrawn', 'satisfied', 'expired'])), name='offer_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('amendment__in', ['none', 'draft', 'proposed', 'approved'])), name='offer_amendment_is_known'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('changed_on__isnull', False), ('public_version__isnull', False), ('state__in', ['amended', 'expired', 'published', 'satisfied', 'suspended', 'withdrawn'])), models.Q(models.Q(('state__in', ['amended', 'expired', 'published', 'satisfied', 'suspended', 'withdrawn']), _negated=True), ('public_version__isnull', True)), _connector='OR'), name='public_offer_has_a_version'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['amended', 'published', 'suspended']), ('amendment', 'none'), _connector='OR'), name='only_running_offers_are_amended'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', ''), models.Q(('approved_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='offer_is_approved_by_a_second_officer'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), ('amendment', 'approved'), _connector='OR', _negated=True), models.Q(('approved_by', ''), _negated=True), _connector='OR'), name='approved_offer_names_its_approver'),
        ),
        AppendOnly('offers_offerversion'),
        AppendOnly('offers_condition'),
        AppendOnly('offers_step'),
        AppendOnly('offers_publication'),
    ]
