using System.Security.Cryptography;
using System.Text.Json;
using FsCheck.Fluent;

namespace InvoicePayments.Tests;

public sealed class FingerprintTests
{
    [Fact]
    public void TheFormIsFixed_BecauseStoredFingerprintsAreComparedWithIt()
    {
        byte[] bytes =
        [
            0, 0, 0, 1, 0, (byte)'a', 1, 0, 0, 0, 1, 0, (byte)'x', // text
            0, 0, 0, 1, 0, (byte)'n', 2, 0, 0, 0, 0, 0, 0, 0, 7, // number
            0, 0, 0, 1, 0, (byte)'m', 3, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 3, 0, (byte)'E', 0, (byte)'U', 0, (byte)'R', // money
            0, 0, 0, 1, 0, (byte)'z', 0, // nothing
        ];
        var fingerprint = CanonicalWriter.Begin()
            .Add("a", "x").Add("n", 7).Add("m", Money.FromMinorUnits(5, Currency.EUR)).Add("z", (string?)null).ToFingerprint();
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), fingerprint.Value);
    }

    [Fact]
    public void DifferentFieldsNeverLookTheSame()
    {
        Fingerprint[] different =
        [
            CanonicalWriter.Begin().ToFingerprint(),
            Of(("a", null)), Of(("a", "")), Of(("", "a")), Of(("a", "b")), Of(("ab", "")),
            Of(("a", "b"), ("c", "d")), Of(("c", "d"), ("a", "b")), Of(("a", "bc"), ("", "d")),
            Of(("a", "\ud800")), Of(("a", "\udfff")), Of(("a", "\ufffd")), Of(("a", "é")), Of(("a", "e\u0301")),
            CanonicalWriter.Begin().Add("a", 0).ToFingerprint(),
            CanonicalWriter.Begin().Add("a", 1).ToFingerprint(),
            CanonicalWriter.Begin().Add("a", "1").ToFingerprint(),
            CanonicalWriter.Begin().Add("a", Money.FromMinorUnits(1, Currency.EUR)).ToFingerprint(),
            CanonicalWriter.Begin().Add("a", Money.FromMinorUnits(1, Currency.USD)).ToFingerprint(),
        ];
        Assert.Equal(different.Length, different.Distinct().Count());
        Assert.Equal(Of(("a", null)), CanonicalWriter.Begin().Add("a", (Money?)null).ToFingerprint());
    }

    [Fact]
    public void TheSameFieldsAlwaysLookTheSame_AndOthersDoNot()
    {
        var fields = Gen.Elements("", "a", "b", "ab", "ba").ArrayOf();
        Property.Holds(fields, fields, (left, right) =>
        {
            var (a, b) = (Of([.. left.Select(text => ("f", (string?)text))]), Of([.. right.Select(text => ("f", (string?)text))]));
            Assert.Equal(left.SequenceEqual(right), a == b);
            Assert.Equal(left.SequenceEqual(right), DerivedId.Base32(left) == DerivedId.Base32(right));
        });
    }

    [Fact]
    public void AFingerprintIsSixtyFourHexDigits()
    {
        var fingerprint = Of(("a", "b"));
        Assert.Matches("^[0-9a-f]{64}$", fingerprint.Value);
        Assert.Equal(fingerprint, new Fingerprint(fingerprint.Value));
        Assert.Equal(fingerprint, JsonSerializer.Deserialize<Fingerprint>(JsonSerializer.Serialize(fingerprint)));
        Assert.False(Fingerprint.TryCreate(fingerprint.Value.ToUpperInvariant(), out _));
        Assert.False(Fingerprint.TryCreate(fingerprint.Value[1..], out _));
        Assert.Throws<ArgumentException>(() => new Fingerprint("x"));
        Assert.Throws<InvalidOperationException>(() => default(Fingerprint).Value);
    }

    [Fact]
    public void ADerivedIdIsTwentySixLettersAndDigits()
    {
        var id = DerivedId.Base32("tenant", "scope", "key");
        Assert.Matches("^[0-7][0-9a-hjkmnp-tv-z]{25}$", id);
        Assert.Equal(id, DerivedId.Base32("tenant", "scope", "key"));
        Assert.NotEqual(DerivedId.Base32("ab", "c"), DerivedId.Base32("a", "bc"));
        Assert.NotEqual(DerivedId.Base32("a"), DerivedId.Base32("a", ""));
        Assert.NotEqual(DerivedId.Base32("a\0\0b"), DerivedId.Base32("a", "b"));
    }

    [Fact]
    public void ADerivedIdIsTheFirstHalfOfTheHash()
    {
        // Stored operations are found by it, so it must never change.
        const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
        var hash = SHA256.HashData([0, 0, 0, 1, 0, (byte)'a']);
        var bits = string.Concat(hash.Take(16).Select(b => b.ToString("b8", null))).PadLeft(130, '0');
        var expected = string.Concat(bits.Chunk(5).Select(five => Alphabet[Convert.ToInt32(new string(five), 2)]));
        Assert.Equal(expected, DerivedId.Base32("a"));
    }

    private static Fingerprint Of(params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        var writer = CanonicalWriter.Begin();
        foreach (var (name, value) in fields) writer.Add(name, value);
        return writer.ToFingerprint();
    }
}
