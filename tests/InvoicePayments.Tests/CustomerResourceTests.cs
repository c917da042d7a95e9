using Microsoft.Extensions.DependencyInjection;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class CustomerResourceInMemoryTests() : CustomerResourceTests(StoreKind.InMemory);

public sealed class CustomerResourceOnSqliteTests() : CustomerResourceTests(StoreKind.Sqlite);

public sealed class CustomerResourceOnPostgreSqlTests() : CustomerResourceTests(StoreKind.PostgreSql);

public abstract class CustomerResourceTests(StoreKind store) : EveryStore(store)
{
    private static readonly PayInvoice Pay = new() { InvoiceId = Inv, Key = "k1", Account = Ada, Gateway = Test, Token = ScriptedTokens.Visa };

    [Fact]
    [Parity("PEL-10")]
    public async Task ASuccess_CarriesTheCustomerWithAFreshToken_EachTimeItIsAnswered()
    {
        var customers = new Customers();
        var host = OpenWith(customers);
        await host.IssueAsync();

        var first = Assert.IsType<PaymentResult.Succeeded>(await host.Service.PayAsync(Pay, Token));
        var again = Assert.IsType<PaymentResult.Succeeded>(await host.Service.PayAsync(Pay, Token));

        Assert.Equal(new(Ada, "jwt 1 of acc_ada"), first.Customer);
        Assert.Equal(new(Ada, "jwt 2 of acc_ada"), again.Customer);
        Assert.DoesNotContain("jwt", first.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Parity("PEL-10")]
    public async Task WithoutASuccess_OrWithoutACallingCustomer_NoTokenIsMade()
    {
        var customers = new Customers();
        var host = OpenWith(customers);
        await host.IssueAsync();

        await host.Service.PayAsync(Pay with { Amount = Eur(1), Token = ScriptedTokens.Declined }, Token);
        await host.Service.PayAsync(Pay with { Key = "k2", Account = Bob }, Token);
        await host.Service.PayAsync(Pay with { Key = "k3", Amount = Eur(1), Token = ScriptedTokens.Challenge }, Token);
        var byHost = Assert.IsType<PaymentResult.Succeeded>(await host.Service.PayAsync(Pay with { Key = "k4", Account = null, Amount = Eur(1) }, Token));

        Assert.Null(byHost.Customer);
        Assert.Equal(0, customers.Made);
    }

    [Fact]
    public async Task WhenTheHostsHookThrows_TheSuccessIsAnsweredAllTheSame()
    {
        var host = OpenWith(new Customers { Fails = true });
        await host.IssueAsync();

        Assert.Null(Assert.IsType<PaymentResult.Succeeded>(await host.Service.PayAsync(Pay, Token)).Customer);
        await host.BooksAgreeAsync();
    }

    private PaymentHost OpenWith(Customers customers) => Open(builder => builder.Services.AddSingleton<ICustomerResources>(customers));

    private sealed class Customers : ICustomerResources
    {
        public int Made { get; private set; }

        public bool Fails { get; init; }

        public ValueTask<CustomerResource?> CreateAsync(TenantId tenant, AccountId account, CancellationToken cancellationToken) =>
            Fails ? throw new InvalidOperationException("no key") : new(new CustomerResource(account, $"jwt {++Made} of {account}"));
    }
}
