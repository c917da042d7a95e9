namespace InvoicePayments;

/// <summary>One recipient's share of a payment, relative to the others'.</summary>
/// <param name="Recipient">Who.</param>
/// <param name="Weight">How much relative to the other weights: 70 beside 30. More than zero.</param>
public sealed record FundingWeight(RecipientId Recipient, long Weight);

/// <summary>How a caller wants a payment split over recipient accounts (Stax: split funding): a closed set.</summary>
public abstract record FundingRequest
{
    private FundingRequest()
    {
    }

    /// <summary>These amounts, which sum to what is charged, to the unit.</summary>
    /// <param name="Parts">Each recipient once, each part more than zero, in the currency of the payment.</param>
    public sealed record Amounts(params IReadOnlyList<FundingPart> Parts) : FundingRequest
    {
        internal override string? Problem(Money amount) =>
            Parts.Count == 0 ? "The split names no recipient."
            : Parts.Any(p => p.Amount.Currency != amount.Currency) ? $"A part of the split is not in {amount.Currency}."
            : Parts.Any(p => !p.Amount.IsPositive) ? "A part of the split is not more than zero."
            : IsTwice(Parts.Select(p => p.Recipient)) ? "The split names a recipient twice."
            : Sum() == amount.MinorUnits ? null
            : $"The parts of the split sum to {Sum()} minor units; charged are {amount.MinorUnits}.";

        internal override FundingSplit Of(Money amount) => new(Parts);

        private protected override void Write(CanonicalWriter writer)
        {
            foreach (var part in Parts) writer.Add("recipient", part.Recipient.Value).Add("part", part.Amount);
        }

        private Int128 Sum() => Parts.Aggregate(Int128.Zero, (sum, part) => sum + part.Amount.MinorUnits);

        /// <summary>Equal when the same parts come in the same order.</summary>
        public bool Equals(Amounts? other) => other is not null && Parts.SequenceEqual(other.Parts);

        /// <inheritdoc/>
        public override int GetHashCode() => Parts.Count;
    }

    /// <summary>In proportion to these weights, whatever is charged: largest remainder, so that the parts sum to it to the unit.</summary>
    /// <param name="Weights">Each recipient once, each weight more than zero.</param>
    public sealed record Shares(params IReadOnlyList<FundingWeight> Weights) : FundingRequest
    {
        internal override string? Problem(Money amount) =>
            Weights.Count == 0 ? "The split names no recipient."
            : Weights.Any(w => w.Weight <= 0) ? "A share of the split is not more than zero."
            : IsTwice(Weights.Select(w => w.Recipient)) ? "The split names a recipient twice."
            : Of(amount).Parts.All(p => p.Amount.IsPositive) ? null
            : $"{amount} is too little to be split like this: a recipient would get nothing.";

        internal override FundingSplit Of(Money amount)
        {
            var parts = amount.Split([.. Weights.Select(w => w.Weight)]);
            return new([.. Weights.Select((weight, i) => new FundingPart(weight.Recipient, parts[i]))]);
        }

        private protected override void Write(CanonicalWriter writer)
        {
            foreach (var share in Weights) writer.Add("recipient", share.Recipient.Value).Add("weight", share.Weight);
        }

        /// <summary>Equal when the same weights come in the same order.</summary>
        public bool Equals(Shares? other) => other is not null && Weights.SequenceEqual(other.Weights);

        /// <inheritdoc/>
        public override int GetHashCode() => Weights.Count;
    }

    /// <summary>Why <paramref name="amount"/> cannot be split like this, as a sentence to show; null when it can.</summary>
    internal abstract string? Problem(Money amount);

    /// <summary>The split of <paramref name="amount"/>.</summary>
    internal abstract FundingSplit Of(Money amount);

    /// <summary>What it means, for the fingerprint of a command; a payment that is not split goes on meaning what it meant.</summary>
    internal static CanonicalWriter Write(CanonicalWriter writer, FundingRequest? funding)
    {
        funding?.Write(writer);
        return writer;
    }

    private protected abstract void Write(CanonicalWriter writer);

    private static bool IsTwice(IEnumerable<RecipientId> recipients) => !recipients.All(new HashSet<RecipientId>().Add);
}
