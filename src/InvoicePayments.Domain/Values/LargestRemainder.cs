namespace InvoicePayments;

/// <summary>
/// Divides a whole number so that the parts sum to it: every part is its exact share rounded towards zero, and the units that are
/// left go to the parts that lost most (Hamilton's method). It works on magnitudes, so no part can change its sign.
/// </summary>
internal static class LargestRemainder
{
    internal static long[] Equal(long total, int parts)
    {
        // Division truncates towards zero, so the rest has the sign of the total: the first |rest| parts get one unit of that sign.
        var share = total / parts;
        var rest = total % parts;

        var result = new long[parts];
        for (var i = 0; i < parts; i++) result[i] = i < Math.Abs(rest) ? share + Math.Sign(rest) : share;
        return result;
    }

    internal static long[] Weighted(long total, ReadOnlySpan<long> weights)
    {
        // 2^63 times a weight fits 128 bits; so does the sum of as many weights as a span can hold.
        var magnitude = Int128.Abs(total);
        var sum = Int128.Zero;
        foreach (var weight in weights) sum += weight;

        var shares = new Int128[weights.Length];
        var remainders = new Int128[weights.Length];
        var left = magnitude;
        for (var i = 0; i < weights.Length; i++)
        {
            (shares[i], remainders[i]) = Int128.DivRem(magnitude * weights[i], sum);
            left -= shares[i];
        }

        if (left > 0) GiveTo(LargestFirst(remainders), (int)left, shares);
        return Array.ConvertAll(shares, share => checked((long)(total < 0 ? -share : share)));
    }

    // Fewer units are left than there are remainders above zero, so a weight of zero never gets one.
    private static void GiveTo(int[] order, int left, Int128[] shares)
    {
        for (var i = 0; i < left; i++) shares[order[i]]++;
    }

    private static int[] LargestFirst(Int128[] remainders)
    {
        var order = new int[remainders.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;

        // The index is part of the comparison: ties go to the first whatever sort is used.
        Array.Sort(order, (a, b) => remainders[a] != remainders[b] ? remainders[b].CompareTo(remainders[a]) : a.CompareTo(b));
        return order;
    }
}
