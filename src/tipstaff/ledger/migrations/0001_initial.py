"""The five accounts of a programme's fiscal year, and the transfers between them, which are append-only."""

import django.db.models.deletion
from django.db import migrations, models

from tipstaff.footing.append_only import AppendOnly


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme', models.CharField(max_length=40)),
                ('compartment', models.CharField(max_length=40)),
                ('fiscal_year', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('treasury', 'TREASURY'), ('available', 'AVAILABLE'), ('committed', 'COMMITTED'), ('paid', 'PAID'), ('returned', 'RETURNED')], max_length=10)),
                ('currency', models.CharField(max_length=3)),
                ('balance_minor', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('programme', 'fiscal_year', 'kind'), name='year_has_one_account_of_each_kind'), models.CheckConstraint(condition=models.Q(('kind__in', ['treasury', 'available', 'committed', 'paid', 'returned'])), name='account_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('balance_minor__lte', 0), ('kind', 'treasury')), models.Q(models.Q(('kind', 'treasury'), _negated=True), ('balance_minor__gte', 0)), _connector='OR'), name='no_account_is_overdrawn')],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('number', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('appropriate', 'APPROPRIATE'), ('commit', 'COMMIT'), ('release', 'RELEASE'), ('pay', 'PAY'), ('return', 'RETURN'), ('reverse', 'REVERSE')], max_length=12)),
                ('minor', models.PositiveBigIntegerField()),
                ('subject', models.CharField(max_length=64)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('actor', models.CharField(max_length=150)),
                ('at', models.DateTimeField()),
                ('day', models.DateField()),
                ('credit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='given', to='ledger.account')),
                ('debit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='received', to='ledger.account')),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='ledger.transfer')),
            ],
            options={
                'indexes': [models.Index(fields=['subject'], name='transfers_by_subject'), models.Index(fields=['credit', 'number'], name='transfers_by_giver'), models.Index(fields=['debit', 'number'], name='transfers_by_receiver')],
                'constraints': [models.CheckConstraint(condition=models.Q(('minor__gt', 0)), name='transfer_moves_something'), models.CheckConstraint(condition=models.Q(('debit', models.F('credit')), _negated=True), name='transfer_has_two_ends'), models.CheckConstraint(condition=models.Q(('subject', ''), _negated=True), name='transfer_says_what_it_is_for'), models.CheckConstraint(condition=models.Q(('kind__in', ['appropriate', 'commit', 'release', 'pay', 'return', 'reverse'])), name='transfer_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'reverse'), ('reverses__isnull', False)), models.Q(models.Q(('kind', 'reverse'), _negated=True), ('reverses__isnull', True)), _connector='OR'), name='reversal_names_what_it_reverses')],
            },
        ),
        AppendOnly('ledger_transfer'),
    ]
