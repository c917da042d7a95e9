namespace InvoicePayments.Tests;

public sealed class CardNumbersTests
{
    [Theory]
    [InlineData("4111111111111111")] // Visa
    [InlineData("4222222222222")]
    [InlineData("4000000000000000006")]
    [InlineData("5555555555554444")] // Mastercard
    [InlineData("5105105105105100")]
    [InlineData("2221000000000009")]
    [InlineData("2720990000000007")]
    [InlineData("378282246310005")] // American Express
    [InlineData("340000000000009")]
    [InlineData("6011111111111117")] // Discover
    [InlineData("6445644564456445")]
    [InlineData("6500000000000002")]
    [InlineData("3528000000000007")] // JCB
    [InlineData("3589000000000003")]
    [InlineData("30000000000004")] // Diners Club
    [InlineData("30900000000005")]
    [InlineData("36227206271667")]
    [InlineData("3600000000000000004")]
    [InlineData("38520000023237")]
    [InlineData("6200000000000005")] // UnionPay
    [InlineData("6221260000000000")]
    [InlineData("501800000009")] // Maestro
    [InlineData("6759649826438453")]
    [InlineData("6763000000000004")]
    [InlineData("6304000000000000000")]
    public void AnIssuersNumberIsFound(string number)
    {
        Assert.True(CardNumbers.Contains(number));
        Assert.True(CardNumbers.Contains($"card:{number}, thanks"));
        var wrongLuhn = number[..^1] + (char)('0' + ((number[^1] - '0' + 1) % 10));
        Assert.False(CardNumbers.Contains(wrongLuhn));
    }

    [Theory]
    [InlineData("4111 1111 1111 1111")]
    [InlineData("4111-1111-1111-1111")]
    [InlineData("3782 822463 10005")]
    [InlineData("4111\u00a01111\u00a01111\u00a01111")]
    [InlineData("4111–1111–1111–1111")]
    [InlineData("4111 1111 1111 1111 12/27")]
    [InlineData("order 12 4111 1111 1111 1111")]
    [InlineData("7 4111111111111111 9")]
    [InlineData("12345678901234567890 4111111111111111")]
    [InlineData("DE4111111111111111x")]
    [InlineData("４１１１１１１１１１１１１１１１")]
    [InlineData("٤١١١١١١١١١١١١١١١")]
    public void ANumberIsFoundHoweverItIsWritten(string text) => Assert.True(CardNumbers.Contains(text));

    [Theory]
    [InlineData("")]
    [InlineData("no digits")]
    [InlineData("20240115000012345")]
    [InlineData("DE89370400440532013000")]
    [InlineData("DE89 3704 0044 0532 0130 00")]
    [InlineData("4006381333931")] // an EAN-13 that starts like a card
    [InlineData("5901234123457")] // an EAN-13 with a valid Luhn digit
    [InlineData("978-3-16-148410-0")]
    [InlineData("7000000000000005")] // Luhn alone is not enough
    [InlineData("3527000000000008")]
    [InlineData("3590000000000000")]
    [InlineData("2220000000000000")]
    [InlineData("2721000000000004")]
    [InlineData("5600000000000003")]
    [InlineData("6000000000000007")]
    [InlineData("30600000000001")]
    [InlineData("3400000000000000")] // the prefix of one issuer with the length of another
    [InlineData("40000000000002")]
    [InlineData("400000000002")]
    [InlineData("41111111111111111111")]
    [InlineData("601100000000001")] // the prefix of an issuer and one digit less than its shortest number
    [InlineData("352800000000007")]
    [InlineData("411111111111111112")]
    [InlineData("4111  1111  1111  1111")]
    [InlineData("4111.1111.1111.1111")]
    [InlineData("2024-01-15 10:22:33 +00:00")]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e")]
    public void OtherNumbersPass(string text) => Assert.False(CardNumbers.Contains(text));

    [Fact]
    public void LookingAllocatesNothing()
    {
        const string Text = "order 12 of 2024, 4111 1111 1111 1112 and ４１１１";
        CardNumbers.Contains(Text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        CardNumbers.Contains(Text);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
