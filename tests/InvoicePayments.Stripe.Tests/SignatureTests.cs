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

        Assert.Null(StripeSignature.Problem(body, header, secrets, Tolerance, at));
        for (var i = 0; i < body.Length; i++)
        {
            body[i] ^= 1;
            Assert.NotNull(StripeSignature.Problem(body, header, secrets, Tolerance, at));
            body[i] ^= 1;
        }
    }

    [Fact]
    public void ChangedBytes_AreRefused()
    {
        byte[] changed = [.. Body];
        changed[^3] ^= 1;

        Assert.Equal("signature_mismatch", CodeOf(changed, Signing.HeaderOf(Body, Secret, Signed)));
    }

    [Fact]
    public void AnotherSecret_IsRefused() => Assert.Equal("signature_mismatch", CodeOf(Body, Signing.HeaderOf(Body, "whsec_of_another_endpoint", Signed)));

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
        Assert.Null(StripeSignature.Problem(Body, Signing.HeaderOf(Body, Secret, Signed), ["whsec_next", Secret], Tolerance, Signed)?.Code);

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
        Assert.Equal("signature_mismatch", CodeOf(Body, Signing.HeaderOf(Body, Secret, Signed).Replace("t=1533204620", "t=1533204621", StringComparison.Ordinal)));

    [Fact]
    public void WithoutASecret_NothingCounts() => Assert.Equal("no_secret", StripeSignature.Problem(Body, Signing.HeaderOf(Body, "", Signed), [], Tolerance, Signed)?.Code);

    private static string? CodeOf(byte[] body, string? header) => StripeSignature.Problem(body, header, [Secret], Tolerance, Signed)?.Code;
}
