"""The addresses of the payments pages, below the room's own. Those of the window name nothing but a payout."""

from django.urls import path

from tipstaff.awards.views import arranging, payments

urlpatterns = [
    path("payments/", payments.windows, name="payments"),
    path("payments/present/", payments.present, name="present"),
    path("payments/witness/", payments.to_witness, name="to_witness"),
    path("payments/witness/<slug:ref>/", payments.witness, name="witness"),
    path("payments/<slug:ref>/", payments.payout, name="payout"),
    path("payments/<slug:ref>/cancel/", payments.cancel, name="cancel_presentation"),
    path("payments/<slug:ref>/hand-over/", payments.hand_over, name="hand_over"),
    path("payments/<slug:ref>/receipts/<int:number>/", payments.receipt, name="receipt"),
    path("<slug:ref>/payment/", arranging.payment, name="payment"),
    path("<slug:ref>/payment/ask/", arranging.ask, name="ask_sources"),
    path("<slug:ref>/payment/review/", arranging.offer_review, name="offer_review"),
    path("<slug:ref>/payment/issue/", arranging.issue, name="issue_vouchers"),
    path("<slug:ref>/payment/sources/<slug:number>/ask/", arranging.ask_again, name="ask_again"),
    path("<slug:ref>/payment/sources/<slug:number>/check/", arranging.check, name="check_payee"),
    path("<slug:ref>/payment/sources/<slug:number>/vault/", arranging.keep_identity, name="keep_identity"),
    path("<slug:ref>/payment/vouchers/<slug:payout>/new/", arranging.reissue, name="reissue_voucher"),
    path("<slug:ref>/payment/vouchers/<slug:payout>/return/", arranging.return_share, name="return_share"),
]
