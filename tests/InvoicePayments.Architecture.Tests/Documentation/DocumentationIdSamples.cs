#pragma warning disable CA1000, CA1045, CA1021, CA1810, CA1814, CA1819, CA2225, CA1008, CA1003, CA1067, CS0067, CA1052, CA1715
using System.Collections;

namespace InvoicePayments.Tests;

/// <summary>One member of every shape that a documentation id can have.</summary>
/// <typeparam name="TOuter">A type parameter of the type.</typeparam>
public abstract class DocumentationIdSamples<TOuter> : IEnumerable<TOuter>
    where TOuter : struct
{
    /// <summary>A field.</summary>
    public const int Field = 1;

    /// <summary>A constructor without parameters.</summary>
    protected DocumentationIdSamples()
    {
    }

    /// <summary>A constructor with a type parameter of the type.</summary>
    protected DocumentationIdSamples(TOuter given) => Property = given;

    /// <summary>An event.</summary>
    public event EventHandler<EventArgs>? Event;

    /// <summary>A property.</summary>
    public TOuter? Property { get; }

    /// <summary>An indexer.</summary>
    public int this[string key, int? at] => key.Length + (at ?? 0);

    /// <summary>Passed by reference.</summary>
    public void References(ref int first, in TOuter second, out string? third) => third = $"{first++}{second}";

    /// <summary>Arrays.</summary>
    public void Arrays(int[] flat, string[][] jagged, TOuter[,] square, params int?[] rest) => _ = flat;

    /// <summary>Type parameters of the method, and constructed types.</summary>
    public TInner Generic<TInner>(Dictionary<string, List<TInner?>> map, Func<TOuter, TInner> make, (int A, string B) pair, nint native)
        where TInner : class => make(default);

    /// <summary>Nested types, seen from within.</summary>
    public void NestedTypes(Nested<string>.Innermost nested, Plain plain, DocumentationIdSamples<int>.Nested<TOuter> other) => _ = nested;

    /// <inheritdoc/>
    public abstract IEnumerator<TOuter> GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Nested and generic.</summary>
    /// <typeparam name="TNested">A type parameter of the nested type.</typeparam>
    public sealed class Nested<TNested>
    {
        /// <summary>A constructor.</summary>
        public Nested()
        {
        }

        /// <summary>Both type parameters.</summary>
        public void Both(TOuter outer, TNested nested) => _ = nested;

        /// <summary>Nested once more.</summary>
        public enum Innermost
        {
            /// <summary>A member of an enum.</summary>
            One,
        }
    }

    /// <summary>Nested, with nothing of its own.</summary>
    public readonly struct Plain
    {
        /// <summary>An operator.</summary>
        public static Plain operator +(Plain left, Plain right) => left;

        /// <summary>A conversion.</summary>
        public static implicit operator int(Plain plain) => 0;

        /// <summary>Another conversion, that differs in its result alone.</summary>
        public static explicit operator List<TOuter[]>(Plain plain) => [];
    }

    /// <summary>A record.</summary>
    /// <param name="First">Its first part.</param>
    /// <param name="Second">Its second part.</param>
    public sealed record Pair(TOuter First, string? Second);
}
