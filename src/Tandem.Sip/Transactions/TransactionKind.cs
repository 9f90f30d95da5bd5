namespace Tandem.Sip.Transactions;

/// <summary>The four machines of RFC 3261 §17.</summary>
internal enum TransactionKind
{
    InviteClient,
    Client,
    InviteServer,
    Server,
}
