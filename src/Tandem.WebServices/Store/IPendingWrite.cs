namespace Tandem.WebServices.Store;

internal interface IPendingWrite
{
    Task RunAsync(TandemDb db);

    void Committed();

    /// <summary>Has no effect after a first failure.</summary>
    void Fail(Exception failure);
}
