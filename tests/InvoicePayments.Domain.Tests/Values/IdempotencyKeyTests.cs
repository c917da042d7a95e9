using System.Text.Json;

namespace InvoicePayments.Tests;

public sealed class IdempotencyKeyTests
{
    [Theory]
    [InlineData("a")]
    [InlineData(" ")]
    [InlineData(" with spaces around ")]
    [InlineData("4111111111111111")]
    [InlineData("中文 𝟒")]
    public void AnyTextIsAKey(string text)
    {
        Assert.True(IdempotencyKey.TryCreate(text, out var key, out var problem));
        Assert.Null(problem);
        Assert.Equal(text, key.Value);
        Assert.Equal(key, new IdempotencyKey(text));
        Assert.Equal(key, JsonSerializer.Deserialize<IdempotencyKey>(JsonSerializer.Serialize(key)));
    }

    [Fact]
    public void ItsLengthIsLimited()
    {
        Assert.True(IdempotencyKey.TryCreate(new string('x', 255), out _, out _));
        Assert.False(IdempotencyKey.TryCreate(new string('x', 256), out _, out var problem));
        Assert.Equal("An idempotency key has 1 to 255 characters; this one has 256. Use for example a GUID.", problem);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a\r\n")]
    [InlineData("\u007f")]
    public void WhenItIsNoKey_TheProblemSaysWhatToDo(string? text)
    {
        Assert.False(IdempotencyKey.TryCreate(text, out var key, out var problem));
        Assert.True(key.IsDefault);
        Assert.EndsWith("Use for example a GUID.", problem, StringComparison.Ordinal);
        if (text is null) return;
        var refused = Assert.Throws<ArgumentException>(() => new IdempotencyKey(text));
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    // Not inline data above: an attribute cannot hold half a surrogate pair.
    [Fact]
    public void HalfACharacterIsNoKey() => Assert.False(IdempotencyKey.TryCreate("a\ud83d", out _, out _));

    [Fact]
    public void KeysCompareExactly()
    {
        Assert.NotEqual(new IdempotencyKey("a"), new IdempotencyKey("A"));
        Assert.NotEqual(new IdempotencyKey("a"), new IdempotencyKey("a "));
        Assert.Throws<InvalidOperationException>(() => default(IdempotencyKey).Value);
    }
}
