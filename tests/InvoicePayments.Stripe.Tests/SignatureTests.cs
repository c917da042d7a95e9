using System.Text;
using System.Text.Json;
using StripeDouble;

namespace InvoicePayments.Tests;

/// <summary>Webhooks are proved on the bytes as they came.</summary>
public sealed class SignatureTests
{
    private const string Secret = "whsec_first";
    private static readonly DateTimeOffset Signed = DateTimeOffset.FromUnixTimeSeconds(1_533_204_620);
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("{\n  \"id\": \"evt_1\",\n  \"größe\": 1\n}");

    [Fact]
    public void ThePublishedVector_Verifies_AndWithAnyByteChangedItDoesNot()
    {
        var vector = JsonDocument.Parse(string.Concat(ReferenceData.LinesOrSkip("stripe/webhook_vectors.json"))).RootElement[0];
        var body = File.ReadAllBytes(Path.Combine(Doubles.DataFolder!, vector.GetProperty("bodyFile").GetString()!));
        var at = DateTimeOffset.FromUnixTimeSeconds(vector.GetProperty("timestamp").GetInt64());
        var header = $"t={at.ToUnixTimeSeconds()},v1={vector.GetProperty("v1").GetString()},v0={vector.GetProperty("v0").GetString()}";
        string[] secrets = [vector.GetProperty("secret").GetString()!];

        var signature = new StripeSignature(secrets, Tolerance);
        Assert.Null(signature.Problem(body, header, at));
        for (var i = 0; i < body.Length; i++)
        {
            body[i] ^= 1;
            Assert.Contains(signature.Problem(body, header, at)?.Code, new[] { "bytes_changed", "body_broken" });
            body[i] ^= 1;
        }

        Assert.Equal("secret_unproven", new StripeSignature(["webhook_secret_2"], Tolerance).Problem(body, header, at)?.Code);
    }

    [Fact]
    public void ChangedBytes_AreRefused_AndSaidToBeThat_OnceTheSecretHasProvedOne()
    {
        var signature = new StripeSignature([Secret], Tolerance);
        var header = Signing.HeaderOf(Body, Secret, Signed);
        var changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Body).Replace("evt_1", "evt_2", StringComparison.Ordinal));

        Assert.Null(signature.Problem(Body, header, Signed));
        Assert.Equal("bytes_changed", signature.Problem(changed, header, Signed)?.Code);
    }

    [Fact]
    public void ASecretThatProvedAnOldOne_IsProvenToo()
    {
        var signature = new StripeSignature([Secret], Tolerance);

        Assert.Equal("timestamp_too_old", signature.Problem(Body, Signing.HeaderOf(Body, Secret, Signed.AddDays(-1)), Signed)?.Code);
        Assert.Equal("bytes_changed", signature.Problem("{}"u8.ToArray(), Signing.HeaderOf(Body, Secret, Signed), Signed)?.Code);
    }

    [Fact]
    public void AnotherSecret_IsRefused_AsOneThatHasProvedNothing() =>
        Assert.Equal("secret_unproven", CodeOf(Body, Signing.HeaderOf(Body, "whsec_of_another_endpoint", Signed)));

    [Fact]
    public void UntilASecretHasProvedOne_ChangedBytesCannotBeToldFromAWrongSecret_AndBothAreNamed()
    {
        var problem = new StripeSignature([Secret], Tolerance).Problem("{}"u8.ToArray(), Signing.HeaderOf(Body, Secret, Signed), Signed);

        Assert.Equal("secret_unproven", problem?.Code);
        Assert.Contains("the bytes were changed on their way here", problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"id\":\"evt_1\",\"größe\":1}", "with every field on a line of its own")]
    [InlineData("{\n  \"id\": \"evt_1\",\n  \"größe\": 1\n}\n", "without the blanks at its end")]
    [InlineData("\uFEFF{\n  \"id\": \"evt_1\",\n  \"größe\": 1\n}", "without the byte order mark")]
    public void ABodyThatWasWrittenAnew_IsRefused_AndSaidToBeThat(string arrived, string expected)
    {
        var problem = new StripeSignature([Secret], Tolerance).Problem(Encoding.UTF8.GetBytes(arrived), Signing.HeaderOf(Body, Secret, Signed), Signed);

        Assert.Equal("body_rewritten", problem?.Code);
        Assert.Contains(expected, problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\":1}\n", "{\"a\":1}", "with a line end at its end")]
    [InlineData("{\"a\":1}", "{\n  \"a\": 1\n}", "in one line")]
    public void ABodyThatLostSomething_IsRefused_AndSaidToBeThat(string signed, string arrived, string expected)
    {
        var problem = new StripeSignature([Secret], Tolerance).Problem(Encoding.UTF8.GetBytes(arrived), Signing.HeaderOf(Encoding.UTF8.GetBytes(signed), Secret, Signed), Signed);

        Assert.Equal("body_rewritten", problem?.Code);
        Assert.Contains(expected, problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ABodyThatWasCut_IsRefused_AndSaidToBeThat() => Assert.Equal("body_broken", CodeOf(Body[..^2], Signing.HeaderOf(Body, Secret, Signed)));

    [Fact]
    public void EveryReasonIsOne_ThatNoOtherCauseGets()
    {
        var crlf = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Body).Replace("\n", "\r\n", StringComparison.Ordinal));
        var proven = new StripeSignature([Secret], Tolerance);
        Assert.Null(proven.Problem(Body, Signing.HeaderOf(Body, Secret, Signed), Signed));
        string[] codes =
        [
            proven.Problem("{}"u8.ToArray(), Signing.HeaderOf(Body, Secret, Signed), Signed)!.Code, CodeOf(Body, Signing.HeaderOf(Body, "whsec_other", Signed))!,
            CodeOf(Body, Signing.HeaderOf(Body, Secret, Signed.AddHours(-1)))!, CodeOf(Body, Signing.HeaderOf(Body, Secret, Signed.AddHours(1)))!,
            CodeOf(Body, Signing.HeaderOf(Body, "whsec_old", Signed, "whsec_older"))!, CodeOf(crlf, Signing.HeaderOf(Body, Secret, Signed))!,
        ];

        Assert.Equal(["bytes_changed", "secret_unproven", "timestamp_too_old", "timestamp_in_future", "no_signature_matches", "line_ends_changed"], codes);
    }

    [Fact]
    public void AnOldOne_IsRefused() => Assert.Equal("timestamp_too_old", CodeOf(Body, Signing.HeaderOf(Body, Secret, Signed - Tolerance - TimeSpan.FromSeconds(1))));

    [Fact]
    public void OneOfTheFuture_IsRefused() => Assert.Equal("timestamp_in_future", CodeOf(Body, Signing.HeaderOf(Body, Secret, Signed + Tolerance + TimeSpan.FromSeconds(1))));

    [Theory]
    [InlineData(-300)]
    [InlineData(300)]
    public void AtTheEdgeOfTheTolerance_ItCounts(int seconds) => Assert.Null(CodeOf(Body, Signing.HeaderOf(Body, Secret, Signed.AddSeconds(seconds))));

    [Fact]
    public void SeveralSignatures_OfWhichOneIsRight_Count() =>
        Assert.Null(CodeOf(Body, Signing.HeaderOf(Body, "whsec_old", Signed, "whsec_older", Secret)));

    [Fact]
    public void SeveralSignatures_OfWhichNoneIsRight_AreRefused() =>
        Assert.Equal("no_signature_matches", CodeOf(Body, Signing.HeaderOf(Body, "whsec_old", Signed, "whsec_older")));

    [Fact]
    public void SeveralSecrets_OfWhichOneIsRight_Count() =>
        Assert.Null(new StripeSignature(["whsec_next", Secret], Tolerance).Problem(Body, Signing.HeaderOf(Body, Secret, Signed), Signed));

    [Fact]
    public void ChangedLineEnds_AreRefused_AndSaidToBeThat()
    {
        var crlf = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Body).Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.Equal("line_ends_changed", CodeOf(crlf, Signing.HeaderOf(Body, Secret, Signed)));
        Assert.Equal("line_ends_changed", CodeOf(Body, Signing.HeaderOf(crlf, Secret, Signed)));
    }

    [Theory]
    [InlineData(null, "signature_missing")]
    [InlineData(" ", "signature_missing")]
    [InlineData("nonsense", "signature_malformed")]
    [InlineData("v1=00", "signature_malformed")]
    [InlineData("t=,v1=0000000000000000000000000000000000000000000000000000000000000000", "signature_malformed")]
    [InlineData("t=-5,v1=0000000000000000000000000000000000000000000000000000000000000000", "signature_malformed")]
    [InlineData("t=1,t=2,v1=0000000000000000000000000000000000000000000000000000000000000000", "signature_malformed")]
    [InlineData("t=1533204620,v1=zz00000000000000000000000000000000000000000000000000000000000000", "signature_malformed")]
    [InlineData("t=1533204620", "signature_scheme_unknown")]
    [InlineData("t=1533204620,v0=0000000000000000000000000000000000000000000000000000000000000000", "signature_scheme_unknown")]
    public void AHeaderThatIsNone_IsRefused(string? header, string expected) => Assert.Equal(expected, CodeOf(Body, header));

    [Fact]
    public void TheTimeIsPartOfWhatIsSigned() =>
        Assert.Equal("secret_unproven", CodeOf(Body, Signing.HeaderOf(Body, Secret, Signed).Replace("t=1533204620", "t=1533204621", StringComparison.Ordinal)));

    [Fact]
    public void WithoutASecret_NothingCounts() => Assert.Equal("no_secret", new StripeSignature([], Tolerance).Problem(Body, Signing.HeaderOf(Body, "", Signed), Signed)?.Code);

    private static string? CodeOf(byte[] body, string? header) => new StripeSignature([Secret], Tolerance).Problem(body, header, Signed)?.Code;
}
