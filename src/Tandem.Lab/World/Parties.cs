namespace Tandem.Lab.World;

/// <summary>Who has which DN in the simulated world.</summary>
public static class Parties
{
    public const string Customer = "customer";
    public const string SecondCustomer = "customer2";

    private const string CustomerDn = "5550001";
    private const string SecondCustomerDn = "5550002";

    /// <param name="party"><c>customer</c>, <c>customer2</c>, <c>a1</c>, <c>a2</c> or <c>a3</c>.</param>
    public static string DnOf(string party) => party switch
    {
        Customer => CustomerDn,
        SecondCustomer => SecondCustomerDn,
        _ => $"700{party[1..]}",
    };

    /// <summary>The party of a DN; the DN itself where it is nobody's.</summary>
    public static string OfDn(string dn) =>
        dn == CustomerDn ? Customer
        : dn == SecondCustomerDn ? SecondCustomer
        : dn is ['7', '0', '0', >= '1' and <= '9'] ? $"a{dn[3]}"
        : dn;

    public static string Agent(int number) => $"a{number}";
}
