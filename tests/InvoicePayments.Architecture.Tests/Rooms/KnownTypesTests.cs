using System.Reflection;

namespace InvoicePayments.Tests;

public sealed class KnownTypesTests
{
    [Theory]
    [InlineData(typeof(Currency), "made in a body")]
    [InlineData(typeof(InvoiceId), "an argument of a generic call")]
    [InlineData(typeof(TenantId), "a type argument within a type argument")]
    [InlineData(typeof(CurrencyMismatchException), "caught")]
    [InlineData(typeof(PaymentPolicy), "behind a property of something else")]
    [InlineData(typeof(AccountId), "a type that is asked about")]
    [InlineData(typeof(GatewayName), "in a lambda")]
    [InlineData(typeof(GatewayReference), "after an await")]
    [InlineData(typeof(MoneyJsonConverter), "in an attribute")]
    [InlineData(typeof(IDueOperations), "a constraint")]
    [InlineData(typeof(PaymentId), "an element of an array that is returned")]
    public void WhatATypeNames_IsSeen(Type known, string where) =>
        Assert.True(Everything(typeof(Sample)).Contains(known), $"{known.Name} is not seen: {where}.");

    [Fact]
    public void WhatATypeDoesNotName_IsNotSeen() => Assert.DoesNotContain(typeof(Payment), Everything(typeof(Sample)));

    // The compiler moves lambdas and awaits into nested types.
    private static HashSet<Type> Everything(Type type) =>
        [.. type.GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public).Append(type).SelectMany(KnownTypes.Of)];

    [System.Text.Json.Serialization.JsonConverter(typeof(MoneyJsonConverter))]
    private sealed class Sample
    {
        public static string Make() => Currency.FromCode("EUR").Code;

        public static int Count() => Array.Empty<InvoiceId>().Length + new Dictionary<string, List<TenantId>>().Count;

        public static string Policy(DecisionContext context) => context.Policy.ToString();

        public static bool Asks(object what) => what is AccountId;

        public static Func<object> Later(string name) => () => new GatewayName(name);

        public static async Task<string> AfterAwait(string text)
        {
            await Task.Yield();
            return new GatewayReference(text).Value;
        }

        public static bool Constrained<T>(T due)
            where T : IDueOperations => due is not null;

        public static PaymentId[] Ids() => [];

        public static int Catches(string text)
        {
            try
            {
                return int.Parse(text, null);
            }
            catch (CurrencyMismatchException)
            {
                return 0;
            }
        }
    }
}
