using System.Reflection;

namespace InvoicePayments.Tests;

/// <summary>What a customer may see and what is internal are different types: no way leads from the one to the other.</summary>
public sealed class CustomerTypesTests
{
    private static readonly Type[] Internal = [typeof(PaymentOperation), typeof(GatewayCommand), typeof(PaymentToken), typeof(PendingAction), typeof(Invoice), typeof(Payment)];
    private static readonly string[] InternalWords = ["Comment", "Note", "Operator", "Token", "Secret", "Metadata"];

    [Theory]
    [Parity("CBE-07")]
    [InlineData(typeof(InvoiceNotification))]
    [InlineData(typeof(InvoiceEvent))]
    [InlineData(typeof(PaymentSummary))]
    public void WhatACustomerMaySee_HasNoPlaceForWhatIsInternal(Type root)
    {
        var reached = new HashSet<Type>();
        Follow(root, reached);

        Assert.Contains(typeof(Money), reached);
        Assert.Empty(reached.Intersect(Internal));
        Assert.Empty(reached.SelectMany(Properties).Where(p => InternalWords.Any(word => p.Name.Contains(word, StringComparison.Ordinal)))
            .Select(p => $"{p.DeclaringType}.{p.Name}"));
    }

    private static void Follow(Type type, HashSet<Type> reached)
    {
        if (type.Assembly != typeof(Money).Assembly)
        {
            foreach (var part in type.GetGenericArguments()) Follow(part, reached);
            return;
        }

        if (!reached.Add(type)) return;
        foreach (var nested in type.GetNestedTypes().Where(type.IsAssignableFrom)) Follow(nested, reached);
        foreach (var property in Properties(type)) Follow(property.PropertyType, reached);
    }

    private static PropertyInfo[] Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
}
