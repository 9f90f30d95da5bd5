Console.Error.WriteLine("not yet composed");
return 1;
